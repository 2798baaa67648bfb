/**
 * What becomes of data or of a key when its construct leaves the program: `retain` keeps it and refuses to destroy it,
 * `destroy` lets it go with the stack.
 *
 * The words are those of `RemovalPolicy` of the AWS CDK, whose members are taken as well.
 */
export type RemovalPolicy = 'retain' | 'destroy';
