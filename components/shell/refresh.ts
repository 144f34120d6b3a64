import type { QueryClient, QueryFilters } from '@tanstack/react-query';

/**
 * Reads again what an event made stale. A reading that is under way is not begun anew, or on a slow server events that come
 * faster than it answers would never let one end; since it may have begun before the event, it is followed by one more.
 * Hand the promise back from `useLive`'s callback: the next events then wait for it.
 */
export async function refresh(queries: QueryClient, ...filters: QueryFilters[]): Promise<void> {
  const read = async (filter: QueryFilters) => {
    const underWay = queries.isFetching(filter) > 0;
    await queries.invalidateQueries(filter, { cancelRefetch: false });
    if (underWay) await queries.invalidateQueries(filter, { cancelRefetch: false });
  };
  await Promise.all(filters.map(read));
}
