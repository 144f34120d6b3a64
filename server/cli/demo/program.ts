/** What the gateway answers to `POST /v1/predict/{deployment}`. */
export type PredictAnswer = {
  request_id: string;
  model_version: number;
  arm: string;
  predictions: { label: string; probabilities: Record<string, number> }[];
};

/** A program with an API token at the gateway. Counts what failed, so that the story can say that nothing did. */
export class Program {
  readonly origin: string;
  #token = '';
  failed = 0;
  answered = 0;

  constructor(origin: string) {
    this.origin = origin;
  }

  signWith(token: string): void {
    this.#token = token;
  }

  /** One request; an answer that isn't 2xx counts as failed and throws. */
  async call(path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(new URL(path, this.origin), {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    }).catch((error: Error) => {
      this.failed += 1;
      throw error;
    });
    const text = await response.text();
    if (!response.ok) {
      this.failed += 1;
      throw new Error(`${path} answered ${response.status}: ${text.slice(0, 300)}`);
    }
    this.answered += 1;
    return JSON.parse(text);
  }
}
