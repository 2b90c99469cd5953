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
  private final boolean isForTheApplication;

  Problem(int status, String title, ManagementException.Reason reason, String detail) {
    this(status, title, reason, detail, false);
  }

  private Problem(
      int status,
      String title,
      ManagementException.Reason reason,
      String detail,
      boolean isForTheApplication) {
    super(detail, null, false, false);
    this.isForTheApplication = isForTheApplication;
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

  /** No token helps: only a user of the application who has a role may come in. */
  static Problem withoutRole(int status, String title, String detail) {
    return new Problem(status, title, ManagementException.Reason.FORBIDDEN, detail, true);
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
    if (isForTheApplication) {
      body.put("logIn", "application");
    }
    return body;
  }
}
