export class Actions {}
