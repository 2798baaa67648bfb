import { render } from 'preact-render-to-string';
import { LinkedText } from '../../../page/parts/linked-text';

test.each([
  ['no address', 'no address'],
  ['https://a.example/b', '<a href="https://a.example/b">https://a.example/b</a>'],
  ['see https://a.example/b, and more', 'see <a href="https://a.example/b">https://a.example/b</a>, and more'],
  ['(https://a.example/b).', '(<a href="https://a.example/b">https://a.example/b</a>).'],
  ['http://a.example javascript:b', 'http://a.example javascript:b'],
  ['https://a.example/"><b>', '<a href="https://a.example/">https://a.example/</a>&quot;>&lt;b>'],
])('%s', (text, html) => {
  expect(render(<LinkedText text={text} />)).toBe(html);
});
