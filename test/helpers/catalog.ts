export { lustreTier } from '../../estate/catalog';
