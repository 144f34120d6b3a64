/** What the parser says when words don't fit, for people who write conditions and not compilers. */
import { type IParserErrorMessageProvider, type IToken, tokenLabel, tokenMatcher } from 'chevrotain';
import { Close, Compare, In, Is, Like, Open, Path, Text } from './tokens.ts';

export const plainWords: IParserErrorMessageProvider = {
  buildMismatchTokenMessage({ expected, actual }) {
    if (expected === Close) return `Here a ) is missing, before ${said(actual)}.`;
    if (expected === Open) return 'After “in” comes a list: in (1, 2, 3).';
    if (expected === Text) return `Here a text in quotes belongs, not ${said(actual)}.`;
    return `Here ${tokenLabel(expected)} belongs, not ${said(actual)}.`;
  },
  buildNotAllInputParsedMessage({ firstRedundant }) {
    if (tokenMatcher(firstRedundant, Close)) return 'This ) closes nothing.';
    if (tokenMatcher(firstRedundant, Path)) return 'Join conditions by “and” or “or”.';
    return `${said(firstRedundant)} doesn't fit here. Join conditions by “and” or “or”.`;
  },
  buildNoViableAltMessage({ actual, previous }) {
    const [token] = actual;
    if (previous && tokenMatcher(previous, Compare))
      return `After ${previous.image} a number, a text or a key belongs, not ${said(token)}.`;
    if (previous && tokenMatcher(previous, Is)) return 'After “is” comes “null” or “not null”.';
    if (token && [Compare, In, Like].some((type) => tokenMatcher(token, type)))
      return `Before ${token.image} a key belongs, such as f1.spam.`;
    return `Here a condition belongs, such as accuracy >= 0.9, not ${said(token)}.`;
  },
  buildEarlyExitMessage({ actual }) {
    return `Here a number or a text in quotes belongs, not ${said(actual[0])}.`;
  },
};

function said(token: IToken | undefined): string {
  if (!token || token.image === '') return 'the end';
  return `“${token.image.length > 24 ? `${token.image.slice(0, 24)}…` : token.image}”`;
}
