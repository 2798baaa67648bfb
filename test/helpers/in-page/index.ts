export { entries, foldedId, rowTexts, unsorted } from './entries';
export { faintTexts } from './faint';
export { hiddenFocus, mouseOnly } from './focus';
export { cameAlive, textsWith } from './markup';
export { outside, tinyTexts } from './outside';
export { closedFolds, darkGround, onlyForScreens } from './printed';
export { tables } from './tables';
export { controls, told } from './told';
export * from './walk';
