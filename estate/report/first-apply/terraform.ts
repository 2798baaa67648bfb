import type { Cloud } from '../../catalog';
import type { OrderedStack } from '../../plan/order';
import type { Step } from './types';

/** How a stack of Terraform is applied: alone, since cdktf else asks for all that it depends on in the same command. */
export function deployTerraform<C extends Cloud>({ stack }: OrderedStack<C>): Pick<Step, 'run' | 'see' | 'done'> {
  return {
    run: [`npx cdktf deploy ${stack} --ignore-missing-stack-dependencies`],
    see: [],
    done: 'it ends with "Apply complete!"; what failed is there in part, and the same command goes on',
  };
}
