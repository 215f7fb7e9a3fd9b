export class Notices { heard() {} refresh() {} }
