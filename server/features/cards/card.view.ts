import { CARD_FORM, type CardSection, type CardTexts, type ModelCard, type TextKey } from '#server/domain/card/card.schema.ts';
import type { CardFacts } from './card-facts.schema.ts';
import {
  behaviourSection,
  dataSection,
  fairnessSection,
  operationSection,
  performanceSection,
} from './evidence-sections.view.ts';
import {
  approvalFacts,
  changeTable,
  deploymentFacts,
  generalFacts,
  limitFacts,
  monitorTable,
  purposeFacts,
  purposeTables,
} from './general-sections.view.ts';

export type Revision = { number: number; by: string | null; at: Date | null; texts: CardTexts };

const QUESTIONS: Record<TextKey, { question: string; required: boolean }> = {
  description: { question: 'What it is, who made it, and what it works together with', required: false },
  purpose: { question: 'What it is meant for, who uses it, and whom it concerns', required: true },
  data: { question: 'Where the data comes from, how it was labeled, and what it lacks', required: true },
  performance: { question: 'How the figures are to be read', required: false },
  fairness: { question: 'Which groups were looked at, and why these', required: false },
  oversight: { question: 'How people watch over it, and how they stop or overrule it', required: true },
  limits: { question: 'Where it fails, and for what it is not made', required: true },
  misuse: { question: 'How it could be misused, and what is done against that', required: true },
  changes: { question: 'What changes are planned, and what was changed since the version before', required: false },
  monitoring: { question: 'How it is watched in use, and who acts on what is found', required: true },
};

/** Facts and texts as one card. */
export function toCard(facts: CardFacts, revision: Revision, now: Date): ModelCard {
  const ask = (...keys: TextKey[]): CardSection['texts'] =>
    keys.map((key) => ({ key, ...QUESTIONS[key], text: revision.texts[key] ?? '' }));
  const sections: CardSection[] = [
    {
      id: 'general',
      title: 'General description',
      annex: 'point 1',
      facts: generalFacts(facts),
      tables: [],
      texts: ask('description'),
    },
    {
      id: 'purpose',
      title: 'Intended purpose',
      annex: 'point 1(a)',
      facts: purposeFacts(facts),
      tables: purposeTables(facts),
      texts: ask('purpose'),
    },
    { id: 'data', title: 'Data and its governance', annex: 'point 2(d)', ...dataSection(facts), texts: ask('data') },
    {
      id: 'performance',
      title: 'Performance and accuracy',
      annex: 'points 2(g) and 4',
      ...performanceSection(facts),
      texts: ask('performance'),
    },
    { id: 'fairness', title: 'Fairness', annex: 'points 2(g) and 3', ...fairnessSection(facts), texts: ask('fairness') },
    { id: 'behaviour', title: 'Behaviour and robustness', annex: 'point 2(g)', ...behaviourSection(facts), texts: [] },
    { id: 'operation', title: 'Operation', annex: 'point 1(e)', ...operationSection(facts), texts: [] },
    {
      id: 'oversight',
      title: 'Human oversight',
      annex: 'points 2(e) and 3',
      facts: approvalFacts(facts),
      tables: [],
      texts: ask('oversight'),
    },
    {
      id: 'limits',
      title: 'Known limits and foreseeable misuse',
      annex: 'point 3',
      facts: limitFacts(facts),
      tables: [],
      texts: ask('limits', 'misuse'),
    },
    { id: 'changes', title: 'Changes', annex: 'point 6', facts: [], tables: changeTable(facts), texts: ask('changes') },
    {
      id: 'monitoring',
      title: 'In use, and watched',
      annex: 'point 9',
      facts: deploymentFacts(facts),
      tables: monitorTable(facts),
      texts: ask('monitoring'),
    },
  ];
  return {
    form: CARD_FORM,
    project: facts.project,
    model: facts.version.model,
    version: facts.version.number,
    revision: revision.number,
    revisedBy: revision.by,
    revisedAt: revision.at?.toISOString() ?? null,
    generatedAt: now.toISOString(),
    completeness: completenessOf(sections, facts),
    sections,
  };
}

function completenessOf(sections: readonly CardSection[], facts: CardFacts): ModelCard['completeness'] {
  const asked = sections.flatMap((section) =>
    section.texts.filter((text) => text.required).map((text) => ({ ...text, title: section.title })),
  );
  const open = asked.filter((text) => text.text.trim() === '');
  const made = new Set(facts.suite?.sections.map((section) => section.section));
  return {
    asked: asked.length,
    written: asked.length - open.length,
    missing: [
      ...open.map((text) => `${text.title}: ${text.question.charAt(0).toLowerCase()}${text.question.slice(1)}`),
      ...(facts.brief?.purpose ? [] : ['The project’s brief: what it is for']),
      ...(facts.data ? [] : ['Data: the dataset version that it learned from']),
      ...(facts.suite ? [] : ['Performance: an evaluation suite that came to an end']),
      ...(facts.suite && !made.has('fairness') ? ['Fairness: an evaluation of it'] : []),
      ...(facts.suite && !made.has('behaviour') ? ['Behaviour: tests of it'] : []),
    ],
  };
}
