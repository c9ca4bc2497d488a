/** The field is not one that a statement can answer; whoever asks takes the other road. */
export class NotFusible extends Error {}
