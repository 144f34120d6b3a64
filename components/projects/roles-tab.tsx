'use client';
import { useProject } from '#components/shell/project-context.tsx';
import { Section } from '#components/ui/screen.tsx';
import { Shape } from '#components/ui/shape.tsx';
import { ROLE_SCOPES, ROLES, SCOPES } from '#server/auth/roles.ts';
import { ROLE_WORDS, SCOPE_WORDS } from './scope-words.ts';
import s from './settings.module.css';

/** What each role may do: the very table that the server goes by. */
export function RolesTab() {
  const { role: mine } = useProject();
  return (
    <Section padded title="What the roles may do" caption="a program’s token can do no more than the person who makes it">
      <table className={s.matrix}>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">Right</span>
            </th>
            {ROLES.map((role) => (
              <th key={role} scope="col" className={role === mine ? s.mine : undefined}>
                <span className={s.roleName}>
                  {role}
                  {role === mine && ' (you)'}
                </span>
                {ROLE_WORDS[role]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SCOPES.map((scope) => (
            <tr key={scope}>
              <th scope="row">
                {SCOPE_WORDS[scope]} <span className="mono ink-3">{scope}</span>
              </th>
              {ROLES.map((role) => (
                <td key={role} className={role === mine ? s.mine : undefined}>
                  {ROLE_SCOPES[role].includes(scope) ? (
                    <>
                      <Shape name="check" size={14} />
                      <span className="sr-only">yes</span>
                    </>
                  ) : (
                    <span className="sr-only">no</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
