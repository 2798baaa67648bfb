import { firstApply } from '../../../../estate/report/first-apply/build';
import { grantedEstate, TOLD } from '../../../helpers/granted';
import { planOf } from '../../../helpers/linked';

const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };

function stepsOf(cloud: string, from: string, access: string): readonly string[] {
  const plan = planOf(grantedEstate({ web: { from, to: 's-eastus2', access } }), TOLD);
  const own = firstApply(plan, FILES).accounts.filter((account) => account.cloud === cloud);
  return own.flatMap(({ steps }) => steps.flatMap((step) => ('step' in step ? [step.step] : [])));
}

describe('the first apply of an estate with grants', () => {
  test.each(['c-iowa', 'c-eastus2'])('asks for the right to define roles where %s adds objects on Azure', (from) => {
    expect(stepsOf('azure', from, 'write')).toContain('role-rights');
    expect(stepsOf('azure', from, 'readWrite')).not.toContain('role-rights');
  });
});
