// Every error that this package throws: a stable code, a place where there is one, and what to do.

/** @typedef {{severity: string, code: string, message: string, file?: string, line?: number, column?: number, help?: string}} Finding */

export class LeidraadError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {{help?: string, findings?: Finding[], cause?: unknown}} [more]
   */
  constructor(code, message, { help, findings = [], cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LeidraadError';
    this.code = code;
    this.help = help;
    this.findings = findings;
    const { file, line, column } = findings[0] ?? {};
    this.place = line === undefined ? undefined : { file, line, column };
  }

  /** The error that belongs to findings of the engine, of which the first gives code, message and place. */
  static of(findings) {
    const first = findings.find((finding) => finding.severity === 'error') ?? findings[0];
    const more = findings.length > 1 ? ` (and ${findings.length - 1} more, see \`findings\`)` : '';
    const ordered = [first, ...findings.filter((finding) => finding !== first)];
    return new LeidraadError(first.code, first.message + more, { help: first.help, findings: ordered });
  }

  /** As plain data, for `postMessage`. */
  toJSON() {
    const { code, message, help, findings } = this;
    return { code, message, help, findings };
  }

  static from({ code, message, help, findings }) {
    return new LeidraadError(code, message, { help, findings });
  }
}
