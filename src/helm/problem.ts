/** Why a chart cannot be published. */
export class ChartProblem extends Error {
  override readonly name = 'ChartProblem';
}
