'use client';
import { useProject } from '#components/shell/project-context.tsx';
import { Section } from '#components/ui/screen.tsx';
import { StagePips } from '#components/ui/stage-pips.tsx';
import { ApprovalRuleEditor } from './approval-rule-editor.tsx';
import s from './promotion.module.css';

/** Who must approve for each stage that is asked for: the project's rules, or with `model` those of one model. */
export function ApprovalRules({ model }: { model?: string }) {
  const { stages } = useProject();
  const asked = stages.filter((stage) => stage.role === 'gate' || stage.role === 'serving');
  return (
    <Section
      padded
      divided
      title="Approvals"
      caption={model ? 'who must approve this model’s versions' : 'who must approve, where a model has no rule of its own'}
    >
      <ul className={s.rules}>
        {asked.map((stage) => (
          <li key={stage.name}>
            <StagePips stage={stage.name} />
            <ApprovalRuleEditor stage={stage.name} {...(model ? { model } : {})} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
