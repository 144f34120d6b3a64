type Coded = { code?: unknown; cause?: unknown; meta?: unknown };

/** Codes found on an error, its causes and what Prisma's adapter wraps: Prisma's own (`P2002`) and SQLSTATEs (`40001`). */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const { code, cause, meta } = error as Coded;
  const original = (error as { originalCode?: unknown }).originalCode;
  const kind = (error as { kind?: unknown }).kind;
  const driver = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  return [code, original, kind]
    .filter((value): value is string => typeof value === 'string')
    .concat(codesOf(cause, depth + 1), codesOf(driver, depth + 1));
}

/** True when a transaction lost against another (serialization failure, deadlock) and may run again. */
export function isWriteConflict(error: unknown): boolean {
  return codesOf(error).some((code) => ['P2034', '40001', '40P01', 'TransactionWriteConflict'].includes(code));
}

/** True when a row breaks a unique key: the name is taken, the thing exists already. */
export function isUniqueViolation(error: unknown): boolean {
  return codesOf(error).some((code) => ['P2002', '23505', 'UniqueConstraintViolation'].includes(code));
}

/** True when a row names another that isn't there, or is still named by one. */
export function isForeignKeyViolation(error: unknown): boolean {
  return codesOf(error).some((code) => ['P2003', '23503', 'ForeignKeyConstraintViolation'].includes(code));
}

/** True when the database can't be reached now; the same call may succeed later. */
export function isDatabaseDown(error: unknown): boolean {
  const down = ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03'];
  const text = error instanceof Error ? error.message : '';
  return (
    codesOf(error).some((code) => down.includes(code)) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(text)
  );
}
