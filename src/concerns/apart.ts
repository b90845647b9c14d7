/** A place on the map, as far as it is known. */
interface Spot {
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** Metres in a degree of latitude. */
export const METRES_PER_DEGREE = 111_320;

/** Metres between two places of a city, on a flat map; null where one of them has no coordinates. */
export function metresApart(a: Spot, b: Spot): number | null {
  if (a.latitude === null || a.longitude === null || b.latitude === null || b.longitude === null) return null;
  const shrink = Math.cos((a.latitude * Math.PI) / 180);
  const across = (a.longitude - b.longitude) * METRES_PER_DEGREE * shrink;
  return Math.round(Math.hypot(across, (a.latitude - b.latitude) * METRES_PER_DEGREE));
}
