/** A file that lies in the store now. */
export type Uploaded = { id: string; filename: string; size: number };

/** Sends a file to the project's uploads. @throws Error with what the server says */
export async function uploadFile(project: string, file: File): Promise<Uploaded> {
  const response = await fetch(`/api/files/${encodeURIComponent(project)}/uploads?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Error(messageIn(answer) ?? `The file could not be sent (status ${response.status}). Try again.`);
  return answer as Uploaded;
}

function messageIn(answer: unknown): string | null {
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : null;
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : null;
}
