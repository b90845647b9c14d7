/** Who acts on Community Concerns, by the roles of the contract. */
export const SERGEANT = ['cp-sergeant'];
/** Who enters what is told at beat meetings, by phone and mail (CC-12, CC-13). */
export const ENTERS = ['cp-officer', 'cp-sergeant'];
export const COMMAND = ['watch-operations-lieutenant', 'tactical-lieutenant', 'commanding-officer'];
export const EXTENDERS = [
  'unit-supervisor',
  'commanding-officer',
  'watch-operations-lieutenant',
  'tactical-lieutenant',
];
export const EXECUTIVE = ['executive-officer', 'district-commander'];
/** Roles that see every district, for audits and reports (CC-37, CC-38). */
export const OVERSIGHT = ['ocp-deputy-chief', 'ocp-director', 'bop-chief', 'area-deputy-chief'];
