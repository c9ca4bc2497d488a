import { extractText, getDocumentProxy } from 'unpdf';
import { describe, expect, test } from 'vitest';
import type { PaperContent } from '../../src/papers/paper-content.ts';
import { renderPaper } from '../../src/papers/render-paper.ts';

// What is printed is read back by Mozilla's reader, which knows nothing of the writer.

const content: PaperContent = {
  title: '不予批准居住证决定书',
  number: '310107015200702120001-JD20070220',
  addressee: '欧阳㛃',
  facts: [
    { label: '申请人', value: '𬭎·买买提' },
    { label: '共同居住人', value: '䶮㐂' },
    { label: '证件号码', value: null },
  ],
  paragraphs: ['您的居住证申请经审核，决定不予批准。'],
  parts: [
    { label: '法律依据', value: '《上海市居住证暂行规定》第七条' },
    { label: '理由', value: '提交的材料与事实不符' },
    { label: '救济途径', value: '可在六十日内申请行政复议' },
  ],
  office: '区公安分局',
  on: '2007-02-20',
};

async function pagesOf(bytes: Uint8Array): Promise<readonly string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: false });
  return text.map((page) => page.replaceAll(/\s+/g, ''));
}

const textOf = async (bytes: Uint8Array): Promise<string> => (await pagesOf(bytes)).join('');

/** The characters of level 1 of GB 2312, the 3,755 most used, by the encoding itself. */
function commonCharacters(): string[] {
  const decoder = new TextDecoder('gb2312');
  const found: string[] = [];
  for (let row = 0xb0; row <= 0xd7; row++)
    for (let cell = 0xa1; cell <= (row === 0xd7 ? 0xf9 : 0xfe); cell++)
      found.push(decoder.decode(Uint8Array.of(row, cell)));
  return found;
}

describe('a printed document', () => {
  test('says all that it is made of, rare characters of names too', async () => {
    const text = await textOf(await renderPaper(content));
    for (const part of [
      content.title,
      content.number,
      '欧阳㛃：',
      '申请人𬭎·买买提',
      '共同居住人䶮㐂',
      '证件号码（略）',
      ...content.paragraphs,
      ...content.parts!.flatMap(({ label, value }) => [`【${label}】`, value!]),
      '区公安分局2007年2月20日',
    ])
      expect(text).toContain(part);
  });

  test('is the same to the byte when it is printed again', async () => {
    const [first, second] = [await renderPaper(content), await renderPaper(structuredClone(content))];
    expect(Buffer.compare(first, second)).toBe(0);
    const other = await renderPaper({ ...content, on: '2007-02-21' });
    expect(Buffer.compare(first, other)).not.toBe(0);
  });

  test('has a glyph for each of the 3,755 common characters', async () => {
    const common = commonCharacters();
    expect(common).toHaveLength(3755);
    const text = await textOf(await renderPaper({ ...content, paragraphs: [common.join('')] }));
    expect(text).toContain(common.slice(0, 30).join(''));
    const read = new Set(text);
    expect(common.filter((character) => !read.has(character))).toEqual([]);
    expect(text).not.toContain('〓');
  });

  test('tells a character that the font does not have by its code, so that no name has a hole', async () => {
    const text = await textOf(await renderPaper({ ...content, addressee: '张𠮷' }));
    expect(text).toContain('张〓（U+20BB7）：');
  });

  test('goes on over several pages, each line once', async () => {
    const facts = Array.from({ length: 90 }, (_, n) => ({ label: `第${n}项`, value: `内容${n}。` }));
    const pages = await pagesOf(await renderPaper({ ...content, facts }));
    expect(pages.length).toBeGreaterThan(2);
    const text = pages.join('');
    for (const { label, value } of facts) expect(text.split(label + value)).toHaveLength(2);
  });

  test('keeps a value of many lines beside its label, and what follows below it', async () => {
    const facts = [
      { label: '地址', value: '长寿路'.repeat(60) },
      { label: '下一项', value: '在后' },
    ];
    const text = await textOf(await renderPaper({ ...content, facts }));
    expect(text).toContain(`${'长寿路'.repeat(60)}下一项在后`);
  });
});
