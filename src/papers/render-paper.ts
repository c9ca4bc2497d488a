import PDFDocument from 'pdfkit';
import { paperFont } from './font.ts';
import type { PaperContent, PaperFact } from './paper-content.ts';

/** All that could differ between two prints of the same content is fixed. */
const always = new Date(0);
const margin = 72;
const labelWidth = 110;

/** Only what is used of the font that a document has opened. */
interface Glyphs {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/**
 * A content as PDF. The same content gives the same bytes: nothing of clock, machine or chance is in it, and nothing is
 * compressed, because zlib's output differs between versions.
 */
export function renderPaper(content: PaperContent): Promise<Buffer> {
  const { title, number, addressee, facts, paragraphs, parts = [], office, on } = content;
  const pdf = new PDFDocument({
    size: 'A4',
    margin,
    compress: false,
    pdfVersion: '1.7',
    lang: 'zh-CN',
    displayTitle: true,
    // Otherwise pdfkit opens one of its own.
    font: null as never,
    info: { Title: title, Subject: number, Producer: 'Laihu', Creator: 'Laihu', CreationDate: always },
  });
  const written = collect(pdf);
  pdf.registerFont('han', paperFont());
  pdf.font('han');
  const glyphs = (pdf as unknown as { _font: { font: Glyphs } })._font.font;
  const say = (text: string) => printable(text, glyphs);
  const width = pdf.page.width - 2 * margin;
  pdf.fontSize(20).text(say(title), { align: 'center' });
  pdf
    .moveDown(0.5)
    .fontSize(11)
    .text(say(`编号：${number}`), { align: 'center' });
  pdf.moveDown(1.5).fontSize(12);
  if (addressee !== null) pdf.text(say(`${addressee}：`)).moveDown(0.5);
  for (const { label, value } of facts) row(pdf, say(label), say(value ?? withheld), width);
  pdf.moveDown(0.5);
  for (const text of paragraphs) pdf.text(say(text), margin, pdf.y, { indent: 24, lineGap: 4 }).moveDown(0.5);
  for (const part of parts) section(pdf, part, say);
  pdf.moveDown(2);
  pdf.text(say(office), margin, pdf.y, { align: 'right' }).text(say(dayInChinese(on)), { align: 'right' });
  pdf.end();
  return written;
}

/** What is printed where a value is not recorded or not for the reader. */
const withheld = '（略）';

function collect(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  const parts: Buffer[] = [];
  return new Promise((resolve, reject) => {
    pdf.on('data', (part: Buffer) => parts.push(part));
    pdf.on('end', () => resolve(Buffer.concat(parts)));
    pdf.on('error', reject);
  });
}

function row(pdf: PDFKit.PDFDocument, label: string, value: string, width: number): void {
  const at = pdf.heightOfString(value, { width: width - labelWidth });
  if (pdf.y + at > pdf.page.height - margin) pdf.addPage();
  const { y } = pdf;
  pdf.text(label, margin, y, { width: labelWidth });
  pdf.text(value, margin + labelWidth, y, { width: width - labelWidth });
  pdf.x = margin;
  pdf.moveDown(0.3);
}

function section(pdf: PDFKit.PDFDocument, { label, value }: PaperFact, say: (text: string) => string): void {
  pdf.text(say(`【${label}】`), margin, pdf.y);
  pdf.text(say(value ?? withheld), { indent: 24, lineGap: 4 }).moveDown(0.5);
}

/** `2007-03-01` → `2007年3月1日`. */
export function dayInChinese(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** A character that the font does not have is told by its code, so that no name has a hole in it. */
function printable(text: string, glyphs: Glyphs): string {
  return [...text.replaceAll(/\p{Cc}+/gu, ' ')]
    .map((char) => {
      const code = char.codePointAt(0)!;
      return glyphs.hasGlyphForCodePoint(code) ? char : `〓（U+${code.toString(16).toUpperCase()}）`;
    })
    .join('');
}
