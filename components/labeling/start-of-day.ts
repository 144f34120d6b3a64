/** Midnight of the day that `now` lies in, in the viewer's own zone. */
export function startOfDay(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate());
}
