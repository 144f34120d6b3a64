/** Training can't go on, for a reason in the data or the settings; the message is a plain sentence for people. */
export class TrainingError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TrainingError';
  }
}
