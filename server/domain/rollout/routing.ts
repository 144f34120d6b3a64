/**
 * The routing table: what a gateway must know in order to answer for each deployment. It travels from PostgreSQL to
 * every gateway, and lies in the gateway's spool for a start without a database.
 */
import { z } from 'zod';
import { signatureSchema } from '#server/domain/signature.ts';

export const routingArm = z.object({
  name: z.enum(['primary', 'canary']),
  modelVersionId: z.string(),
  /** Version number that people see. */
  number: z.number().int(),
  /** Share of the traffic, relative to the other arm's. */
  weight: z.number().min(0),
  /** Key of the ONNX graph in the object store. */
  artifactKey: z.string(),
  signature: signatureSchema,
});
export type RoutingArm = z.infer<typeof routingArm>;

export const routingEntry = z.object({
  deploymentId: z.string(),
  deployment: z.string(),
  projectId: z.string(),
  model: z.string(),
  /** Grows with every change; a gateway reports the one it serves. */
  revision: z.number().int(),
  rolloutId: z.string().nullable(),
  arms: z.array(routingArm).min(1),
});
export type RoutingEntry = z.infer<typeof routingEntry>;

export const routingTable = z.array(routingEntry);
