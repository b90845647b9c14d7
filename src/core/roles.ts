/** The role words of `members.roles` (contract.md, Roles). */
export const ROLES = [
  'oss-analyst',
  'oss-area-rep',
  'ossu-supervisor',
  'watch-operations-lieutenant',
  'tactical-lieutenant',
  'commanding-officer',
  'unit-supervisor',
  'supervisor',
  'cp-sergeant',
  'cp-officer',
  'executive-officer',
  'district-commander',
  'station-supervisor',
  'area-deputy-chief',
  'ocp-deputy-chief',
  'ocp-director',
  'bop-chief',
  'dos-analyst',
  'evaluator',
  'isd-admin',
] as const;
export type Role = (typeof ROLES)[number];

/** True for a role that may be held. "OSS Supervisor" is none, and OSS-10 forbids making it one. */
export function isRole(word: string): word is Role {
  return (ROLES as readonly string[]).includes(word);
}
