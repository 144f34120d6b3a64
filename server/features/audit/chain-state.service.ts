import type { Actor } from '#server/auth/actor.ts';
import { db } from '#server/platform/db/client.ts';
import { countUnsealed, findChainEnd, findEntryProjects, mayOnlyAppend } from './chain.repo.ts';
import type { ChainState } from './chain.schema.ts';
import { toCheck, toProblems } from './chain.view.ts';
import { findLastCheck, findOpenCheck } from './checks.repo.ts';
import { findHeads } from './heads.repo.ts';

/**
 * How the chain stands now. An administrator sees all problems that the last check found, others those of their
 * project and those that concern the chain as a whole.
 */
export async function chainState(who: { actor: Actor; projectId: string | null }): Promise<ChainState> {
  const [end, unsealed, heads, open, last, onlyAppend] = await Promise.all([
    findChainEnd(db),
    countUnsealed(db),
    findHeads(db, 1),
    findOpenCheck(db),
    findLastCheck(db),
    mayOnlyAppend(db),
  ]);
  const problems = toProblems(last?.problems);
  const projects = who.actor.isAdmin
    ? null
    : await findEntryProjects(
        db,
        problems.flatMap((problem) => problem.entryId ?? []),
      );
  const mine = (id: string | null) => projects === null || id === null || projects.get(id) === who.projectId;
  const [head] = heads;
  return {
    sealed: end?.seq ?? 0,
    unsealed,
    sealedAt: end?.sealedAt ?? null,
    head: head ? { seq: head.seq, hash: head.hash, at: head.at, keyId: head.keyId } : null,
    open: open && toCheck(open),
    last: last && toCheck(last),
    problems: problems.map((problem) =>
      mine(problem.entryId)
        ? problem
        : { ...problem, entry: null, sentence: `${firstWords(problem.sentence)} It is not of this project.` },
    ),
    protected: onlyAppend,
    mayVerify: who.actor.isAdmin,
  };
}

/** The sentence without what it says of the entry. */
function firstWords(sentence: string): string {
  return `${sentence.split(': ')[0]}.`;
}
