/** The order of a table as it stands in the address: `test.f1` falling is "-test.f1". Pure. */
export type Order = { id: string; desc: boolean };

export function readOrder(text: string): Order | null {
  if (text === '') return null;
  return text.startsWith('-') ? { id: text.slice(1), desc: true } : { id: text, desc: false };
}

export function writeOrder(order: Order | undefined): string {
  return order ? `${order.desc ? '-' : ''}${order.id}` : '';
}

type Value = string | number | boolean | Date | null | undefined;

/** Rows by a value, rising or falling; rows without the value stand last either way. */
export function sortRows<T>(rows: readonly T[], value: (row: T) => Value, desc: boolean): T[] {
  return [...rows].sort((a, b) => {
    const left = value(a) ?? null;
    const right = value(b) ?? null;
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const order =
      typeof left === 'string' && typeof right === 'string' ? left.localeCompare(right, 'en') : Number(left) - Number(right);
    return desc ? -order : order;
  });
}
