import type { Role, Scope } from '#server/auth/roles.ts';

/** Each right in plain words, in the order of the journey. */
export const SCOPE_WORDS: Record<Scope, string> = {
  'project:read': 'See everything in the project',
  'data:write': 'Upload data and make dataset versions',
  'label:write': 'Label',
  'label:manage': 'Make labeling projects, read the answers',
  'run:write': 'Launch trials, write runs',
  'model:write': 'Register model versions',
  'test:write': 'Write behavioural tests and regression cases',
  'promotion:request': 'Ask for a promotion',
  'promotion:decide': 'Approve or refuse a promotion',
  'promotion:comment': 'Discuss promotions',
  'gate:write': 'Change gates, move protected aliases',
  'deployment:write': 'Deploy, pause and roll back',
  predict: 'Ask for predictions',
  'outcome:write': 'Send outcomes',
  'monitor:write': 'Set up monitors, acknowledge alerts',
  'audit:read': 'Read the audit record',
  'member:manage': 'Add and remove members',
  'token:manage': 'Make and revoke API tokens',
};

/** What each role is for, in one line. */
export const ROLE_WORDS: Record<Role, string> = {
  annotator: 'labels',
  scientist: 'makes data, runs and models; asks for promotions',
  reviewer: 'decides promotions, steps into rollouts',
  manager: 'sees all, changes nothing',
  admin: 'runs the project; decides no promotion',
};
