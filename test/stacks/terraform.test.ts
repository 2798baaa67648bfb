import { Construct } from 'constructs';
import { App, TerraformResource, TerraformStack, Testing } from '../../constructs/cdktf';
import { keepUnmanaged } from '../../stacks/terraform';

class Store extends TerraformResource {
  constructor(scope: Construct, id: string) {
    super(scope, id, { terraformResourceType: 'example_store' });
  }
}

/** Where a stack says that something is, and where it says that it is no more. */
function synthesized(build: (stack: TerraformStack) => void): Record<string, unknown> {
  const stack = new TerraformStack(new App(), 'atlas-iowa-storage');
  build(stack);
  return JSON.parse(Testing.synth(stack));
}

describe('keepUnmanaged', () => {
  test('names resources as they were named when the stack declared them', () => {
    const before = synthesized((stack) => {
      new Store(new Construct(stack, 'scratch'), 'Resource');
      new Store(stack, 'top');
    });
    const [deep, top] = Object.keys((before.resource as { example_store: object }).example_store);
    const after = synthesized((stack) =>
      keepUnmanaged(stack, [
        { type: 'example_store', path: ['top'] },
        { type: 'example_store', path: ['scratch', 'Resource'] },
      ]),
    );
    expect(after.removed).toEqual([
      { from: `example_store.${deep}`, lifecycle: { destroy: false } },
      { from: `example_store.${top}`, lifecycle: { destroy: false } },
    ]);
  });

  test('writes nothing where nothing is kept', () => {
    expect(synthesized((stack) => keepUnmanaged(stack, []))).not.toHaveProperty('removed');
  });
});
