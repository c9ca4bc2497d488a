/** Digits, or groups of three after the first separator, and up to two decimals. */
const amount = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?$/;

/** Unit signs that a clerk adds: yuan before or after, square metres after. */
const yuan = /^(?:[¥￥]|CNY|RMB)?(.*?)元?$/i;
const squareMetres = /^(.*?)(?:平方米|平米|㎡|m2|m²)?$/i;

/**
 * An amount of money in yuan (3802.00, 3,802.00, ¥3802, 3802元) as fen, a whole number in text.
 * Undefined for words such as 面议, negative amounts, three decimals, or more than a million yuan.
 */
export function readFen(text: string): string | undefined {
  const parts = amount.exec(yuan.exec(halfWidth(text))![1]!);
  if (!parts) return undefined;
  const fen = Number(parts[1]!.replaceAll(',', '')) * 100 + Number((parts[2] ?? '').padEnd(2, '0'));
  return fen <= 100_000_000 ? String(fen) : undefined;
}

/** A floor area as text with two decimals; undefined unless above 0 and at most 10,000 m² (dossier §3.3). */
export function readArea(text: string): string | undefined {
  const parts = amount.exec(squareMetres.exec(halfWidth(text))![1]!);
  if (!parts) return undefined;
  const area = Number(`${parts[1]!.replaceAll(',', '')}.${parts[2] ?? '0'}`);
  return area > 0 && area <= 10_000 ? area.toFixed(2) : undefined;
}

function halfWidth(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}
