export { type ChartFolder, chartNames, readChart } from './chart';
export { chartProblems, renderChart } from './lint';
export { type ChartPackage, packageChart } from './package';
export { ChartProblem } from './problem';
export { chartDestination, pushChart } from './push';
