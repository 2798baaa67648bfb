import { byKind } from '../../estate/by-kind';

type Shape = { readonly kind: 'square'; readonly side: number } | { readonly kind: 'line'; readonly length: number };

test('hands something to the case of its kind', () => {
  const size = (shape: Shape) => byKind(shape, { square: ({ side }) => side * side, line: ({ length }) => length });
  expect([size({ kind: 'square', side: 3 }), size({ kind: 'line', length: 5 })]).toEqual([9, 5]);
});
