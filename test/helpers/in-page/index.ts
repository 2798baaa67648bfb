export { faintTexts } from './faint';
export { hiddenFocus, mouseOnly } from './focus';
export { outside, tinyTexts } from './outside';
export { closedFolds, darkGround, onlyForScreens } from './printed';
export { tables } from './tables';
export { controls, told } from './told';
export * from './walk';
