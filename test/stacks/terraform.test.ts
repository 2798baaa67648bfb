import { Construct } from 'constructs';
import { App, TerraformResource, TerraformStack, Testing } from '../../constructs/cdktf';
import { formerlyCalled, keepUnmanaged } from '../../stacks/terraform';

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

describe('formerlyCalled', () => {
  test('moves all that a construct holds from where it was', () => {
    const places = (id: string, build: (construct: Construct) => void = () => undefined) => {
      const json = synthesized((stack) => {
        const construct = new Construct(stack, id);
        new Store(construct, 'Resource');
        new Store(new Construct(construct, 'security'), 'rule');
        build(construct);
      });
      const names = Object.keys((json.resource as { example_store: object }).example_store);
      return { json, names: names.map((name) => `example_store.${name}`) };
    };
    const before = places('scratch');
    const after = places('store-scratch', (construct) => formerlyCalled(construct, 'scratch'));
    expect(after.names).not.toEqual(before.names);
    expect(after.json.moved).toEqual(before.names.map((from, index) => ({ from, to: after.names[index] })));
  });
});
