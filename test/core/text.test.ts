import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanForScreen, foldKey, nearest } from '../../src/core/text.ts';

describe('text for the screen', () => {
  test.each([
    ['plain text, $5.00', 'plain text, $5.00'],
    ['a\u001b[31mred\u0007', 'a␛[31mred␇'],
    ['\u001b]0;title\u0007x', '␛]0;title␇x'],
    ['\u009b31m', '\ufffd31m'],
    ['nul\u0000del\u007f', 'nul␀del␡'],
    ['evil\u202etxt.exe\u2066', 'eviltxt.exe'],
    ['ad\u200bmin\u200d\ufeff', 'admin'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['one\ttwo\r\nthree\nfour\u2028five', 'one two three four five'],
    ['a\u00a0b\u3000c', 'a b c'],
    ['lone \ud800 half', 'lone \ufffd half'],
    ['flag 🏴\u{e0067}\u{e0062}\u{e007f}', 'flag 🏴'],
  ])('%j is shown as %j', (text, shown) => {
    expect(cleanForScreen(text)).toBe(shown);
  });

  test.each([
    'Señor Müller, Łódź',
    'Ελληνικά кириллица 中文 한국어',
    'नमस्ते क्\u200dष',
    'می\u200cخواهم',
    'שלום',
    '👩\u200d👩\u200d👧 ☎\ufe0f 👍🏽',
    '1\ufe0f\u20e3',
    'e\u0301',
  ])('keeps %s', (text) => {
    expect(cleanForScreen(text)).toBe(text);
  });

  test('never holds a control character, a bidi mark or a lone surrogate, and cleaning again changes nothing', () => {
    const nasty = fc.constantFrom(
      '\u001b',
      '\u0000',
      '\u0085',
      '\u200d',
      '\u200e',
      '\u202e',
      '\u2069',
      '\ufe0f',
      '\udc00',
      '\u2028',
      '\n',
      'ا',
      '👩',
      'a',
      '\u{e0041}',
    );
    const unit = fc.oneof(nasty, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }));
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), (parts) => {
        const shown = cleanForScreen(parts.join(''));
        expect(shown).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(cleanForScreen(shown)).toBe(shown);
      }),
      { numRuns: 2000, examples: [[['\ufe0f', '\u200d', '👩']]] },
    );
  });
});

describe('keys', () => {
  test.each([
    ['  SR Number ', 'sr_number'],
    ['sr-number', 'sr_number'],
    ['SR__NUMBER', 'sr_number'],
    ['\ufeffCreation Date', 'creation_date'],
    ['ZIP', 'zip'],
    ['Which Way?', 'which_way?'],
  ])('fold %j to %s', (text, key) => {
    expect(foldKey(text)).toBe(key);
  });
});

describe('the nearest word', () => {
  test.each([
    ['conerns', 'concerns'],
    ['concersn', 'concerns'],
    ['Over-Due', 'overdue'],
    ['ovredue', 'overdue'],
    ['quart', 'quarterly'],
    ['cs', 'csr'],
  ])('to %s is %s', (word, near) => {
    expect(nearest(word, ['csr', 'concerns', 'overdue', 'quarterly'])).toBe(near);
  });

  test('is none when nothing is near', () => {
    expect(nearest('zebra', ['csr', 'concerns'])).toBeNull();
    expect(nearest('x', [])).toBeNull();
    expect(nearest('', ['csr'])).toBeNull();
  });

  test('is the word itself when it is there, and the earliest of equals', () => {
    expect(nearest('overdue', ['overdues', 'overdue'])).toBe('overdue');
    expect(nearest('bat', ['cat', 'hat'])).toBe('cat');
  });
});
