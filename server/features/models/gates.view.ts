import { DEFAULT_GATES, type GateSettings, gateSettingsSchema } from '#server/domain/gates.schema.ts';

/** The gates of a model: its own or the usual ones, always about its positive class. */
export function gatesOf(model: { gates: unknown; positive: string | null }): GateSettings {
  const own = gateSettingsSchema.safeParse(model.gates);
  const settings = own.success ? own.data : DEFAULT_GATES;
  return { ...settings, f1: { ...settings.f1, class: model.positive } };
}
