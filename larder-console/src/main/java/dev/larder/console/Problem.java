package dev.larder.console;

import dev.larder.manage.ManagementException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer that is not what was asked for, as RFC 9457 has it. */
final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final ManagementException.Reason reason;

  Problem(int status, String title, ManagementException.Reason reason, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
    this.reason = reason;
  }

  static Problem of(ManagementException failure) {
    return of(failure.reason(), String.valueOf(failure.getMessage()));
  }

  static Problem of(ManagementException.Reason reason, String detail) {
    return switch (reason) {
      case WRONG_QUESTION ->
        new Problem(400, "Not a question that can be answered", reason, detail);
      case FORBIDDEN -> new Problem(403, "Not allowed", reason, detail);
      case NOT_FOUND -> new Problem(404, "Not there", reason, detail);
      case REFUSED -> new Problem(409, "Cannot be done here", reason, detail);
      case UNREACHABLE -> new Problem(503, "No answer", reason, detail);
    };
  }

  static Problem wrong(String detail) {
    return of(ManagementException.Reason.WRONG_QUESTION, detail);
  }

  static Problem forbidden(String detail) {
    return of(ManagementException.Reason.FORBIDDEN, detail);
  }

  static Problem notFound(String detail) {
    return of(ManagementException.Reason.NOT_FOUND, detail);
  }

  int status() {
    return status;
  }

  Map<String, Object> body() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", title);
    body.put("status", status);
    body.put("detail", String.valueOf(getMessage()));
    body.put("reason", reason.name());
    return body;
  }
}
