/** Sections that a suite may leave out, as people call them. */
export const SECTION_NAMES = [
  { name: 'comparison', label: 'Comparison with the version that serves' },
  { name: 'operation', label: 'Speed and size' },
  { name: 'behaviour', label: 'Behaviour tests' },
  { name: 'robustness', label: 'Robustness' },
  { name: 'fairness', label: 'Fairness' },
  { name: 'explanation', label: 'Explanation' },
] as const;
