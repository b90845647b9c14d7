/** The columns of every profile, in the order of the import table, with those that hold times and closed codes. */
export interface ProfileColumns {
  readonly columns: readonly string[];
  readonly dates: readonly string[];
  readonly codes: readonly string[];
}

function profile(columns: string, dates = '', codes = ''): ProfileColumns {
  const list = (text: string): string[] => (text === '' ? [] : text.split(','));
  return { columns: list(columns), dates: list(dates), codes: list(codes) };
}

export const PROFILES = {
  members: profile(
    'member_id,name,rank,unit,district,area,watch,sworn,supervisor_id,roles,os_user,trained_on,csr_trained_on',
    'trained_on,csr_trained_on',
    'rank,roles,sworn',
  ),
  delegations: profile('role,from_member,to_member,starts,ends', 'starts,ends', 'role'),
  'duty-roster': profile('member_id,tour_start,tour_end,role', 'tour_start,tour_end', 'role'),
  accesses: profile('member_id,role,at,system', 'at', 'role'),
  'member-activity': profile(
    'activity_id,member_id,occurred_at,kind,category,finding,outcome,on_duty',
    'occurred_at',
    'kind,on_duty',
  ),
  evidence: profile('rule,on,by,district,note,document', 'on'),
  'oss-work-items': profile(
    'work_item_id,member_id,generated_at,models,summary,determined_at,determined_by,determination,' +
      'determination_reason,forwarded_at,area_rep_id,command_received_at,command_id,notified_at,' +
      'notified_in_person,not_in_person_reason,assigned_at,supervisor_id,met_at,plan_submitted_at,' +
      'command_approved_at,area_rep_approved_at,completed_at',
    'generated_at,determined_at,forwarded_at,command_received_at,notified_at,assigned_at,met_at,' +
      'plan_submitted_at,command_approved_at,area_rep_approved_at,completed_at',
    'determination,notified_in_person',
  ),
  'oss-events': profile('work_item_id,event,at,by,reason,detail', 'at', 'event'),
  concerns: profile(
    'control_number,origin,submitted_at,category,description,address,beat,latitude,longitude,accessed_at,' +
      'accepted_at,not_accepted_at,not_accepted_reason,assigned_at,assigned_unit,supervisor_id,' +
      'completed_at,approved_at,closed_at,primary_control_number',
    'submitted_at,accessed_at,accepted_at,not_accepted_at,assigned_at,completed_at,approved_at,closed_at',
    'origin',
  ),
  'concern-events': profile(
    'control_number,event,at,by,unit,reason,justification,primary_control_number',
    'at',
    'event',
  ),
  csr: profile(
    'sr_number,type,department,status,origin,created_at,updated_at,closed_at,address,zip,ward,' +
      'community_area,district,beat,latitude,longitude,duplicate,parent_sr_number',
    'created_at,updated_at,closed_at',
    'duplicate',
  ),
  'csr-police': profile(
    'sr_number,created_at,category,address,beat,opened_at,assigned_to,assigned_at,submitted_at,action_taken,' +
      'returned_at,return_reason,extension_requested_at,extension_approved_at,extension_approved_by,' +
      'extension_reason,closed_at,disposition',
    'created_at,opened_at,assigned_at,submitted_at,returned_at,extension_requested_at,' +
      'extension_approved_at,closed_at',
  ),
  'csr-police-events': profile('sr_number,event,at,by,reason', 'at', 'event'),
  'chicago-311': profile(
    'SR_NUMBER,SR_TYPE,SR_SHORT_CODE,CREATED_DEPARTMENT,OWNER_DEPARTMENT,STATUS,ORIGIN,CREATED_DATE,' +
      'LAST_MODIFIED_DATE,CLOSED_DATE,STREET_ADDRESS,CITY,STATE,ZIP_CODE,STREET_NUMBER,STREET_DIRECTION,' +
      'STREET_NAME,STREET_TYPE,DUPLICATE,LEGACY_RECORD,LEGACY_SR_NUMBER,PARENT_SR_NUMBER,COMMUNITY_AREA,' +
      'WARD,ELECTRICAL_DISTRICT,ELECTRICITY_GRID,POLICE_SECTOR,POLICE_DISTRICT,POLICE_BEAT,PRECINCT,' +
      'SANITATION_DIVISION_DAYS,CREATED_HOUR,CREATED_DAY_OF_WEEK,CREATED_MONTH,X_COORDINATE,Y_COORDINATE,' +
      'LATITUDE,LONGITUDE,LOCATION',
    'CREATED_DATE,LAST_MODIFIED_DATE,CLOSED_DATE',
    'DUPLICATE',
  ),
  'chicago-311-legacy': profile(
    'Creation Date,Status,Completion Date,Service Request Number,Type of Service Request,' +
      'What Type of Surface is the Graffiti on?,Where is the Graffiti located?,Street Address,ZIP Code,' +
      'X Coordinate,Y Coordinate,Ward,Police District,Community Area,SSA,Latitude,Longitude,Location',
    'Creation Date,Completion Date',
  ),
  'said-subjects': profile('subject_id,birth_date,district,juvenile,sex,race', 'birth_date', 'juvenile'),
  'said-incidents': profile(
    'incident_id,subject_id,occurred_on,involvement,offense,disposition',
    'occurred_on',
    'involvement,offense,disposition',
  ),
} as const satisfies Record<string, ProfileColumns>;

export type ProfileName = keyof typeof PROFILES;

export type Row = readonly string[];

/** True for a profile that this generator writes. */
export function isProfile(name: string): name is ProfileName {
  return Object.hasOwn(PROFILES, name);
}

/** A row in column order from named values; absent columns are empty. Throws on a column the profile does not have. */
export function rowOf(name: ProfileName, values: Readonly<Record<string, string | undefined>>): Row {
  const { columns } = PROFILES[name] as ProfileColumns;
  for (const key of Object.keys(values)) {
    if (!columns.includes(key)) throw new RangeError(`${name} has no column ${key}`);
  }
  return columns.map((column) => values[column] ?? '');
}
