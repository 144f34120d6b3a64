import { type DomainError, type ErrorCode, httpStatusOf } from '#server/errors.ts';

/** Where MLflow's clients call: the REST API, and the same for its web page. */
const PLACES = ['/api/2.0/mlflow/', '/ajax-api/2.0/mlflow/'];

/** MLflow's own names (mlflow/protos/databricks.proto), which its clients turn into exceptions. */
const CODES: Partial<Record<ErrorCode, [string, number]>> = {
  NOT_FOUND: ['RESOURCE_DOES_NOT_EXIST', 404],
  INVALID: ['INVALID_PARAMETER_VALUE', 400],
  UNSUPPORTED: ['INVALID_PARAMETER_VALUE', 400],
  TOO_LARGE: ['INVALID_PARAMETER_VALUE', 400],
  CONFLICT: ['RESOURCE_CONFLICT', 409],
  UNAUTHENTICATED: ['UNAUTHENTICATED', 401],
  FORBIDDEN: ['PERMISSION_DENIED', 403],
  RATE_LIMITED: ['REQUEST_LIMIT_EXCEEDED', 429],
  UNAVAILABLE: ['TEMPORARILY_UNAVAILABLE', 503],
  INTERNAL: ['INTERNAL_ERROR', 500],
};

export function isMlflowCall(url: string): boolean {
  return PLACES.some((place) => url.startsWith(place));
}

/** An error as MLflow's clients read it: `{ error_code, message }`. A call that doesn't exist is ENDPOINT_NOT_FOUND. */
export function mlflowError(
  error: DomainError,
  isRoute: boolean,
): { status: number; body: { error_code: string; message: string } } {
  if (!isRoute && error.code === 'NOT_FOUND')
    return { status: 404, body: { error_code: 'ENDPOINT_NOT_FOUND', message: error.message } };
  const [code, status] = CODES[error.code] ?? ['INTERNAL_ERROR', httpStatusOf(error.code)];
  return { status, body: { error_code: code, message: error.message } };
}
