import { commandLines } from '../../../../estate/report/first-apply/text';

describe('a command that is printed', () => {
  test('is broken between its words, so that a shell reads it as one', () => {
    expect(commandLines('aws ec2 describe-subnets --region us-east-1', 30)).toEqual([
      'aws ec2 describe-subnets \\',
      '  --region us-east-1',
    ]);
  });

  test('keeps together what stands in quotes', () => {
    expect(commandLines("az show --query '[].[name, id]' --output tsv", 24)).toEqual([
      'az show --query \\',
      "  '[].[name, id]' \\",
      '  --output tsv',
    ]);
  });

  test('is broken inside of a command that it asks for', () => {
    expect(commandLines('a --id "$(b --group "$GROUP NAME" --query id)" --last', 26)).toEqual([
      'a --id "$(b --group \\',
      '  "$GROUP NAME" --query \\',
      '  id)" --last',
    ]);
  });

  test('comes after what is said of it, which a shell leaves out', () => {
    expect(commandLines('az aks install-cli   # where it is not there', 80)).toEqual([
      '# where it is not there',
      'az aks install-cli',
    ]);
  });
});
