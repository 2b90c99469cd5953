package dev.larder.showcase.web;

import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Answers what is refused as a problem of RFC 9457: status, title, one sentence, and for wrong
 * values the member {@code errors} with field, seen and range of each.
 */
@RestControllerAdvice(annotations = RestController.class)
@Order(Ordered.LOWEST_PRECEDENCE - 20)
public final class Problems extends ResponseEntityExceptionHandler {

  /** Told where no cache has the answer and the database gives none. */
  public static final String DATABASE_DOWN = "The database does not answer. Try again in a moment.";

  /** The HTTP status of a reason. */
  public static HttpStatus status(Refused.Reason reason) {
    return switch (reason) {
      case INVALID -> HttpStatus.BAD_REQUEST;
      case UNKNOWN_USER -> HttpStatus.UNAUTHORIZED;
      case FORBIDDEN -> HttpStatus.FORBIDDEN;
      case NOT_FOUND -> HttpStatus.NOT_FOUND;
      case CONFLICT -> HttpStatus.CONFLICT;
    };
  }

  @ExceptionHandler
  ProblemDetail refused(Refused refused) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(
        status(refused.reason()), Objects.toString(refused.getMessage()));
    if (!refused.faults().isEmpty()) {
      problem.setProperty("errors", refused.faults());
    }
    return problem;
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    CannotCreateTransactionException.class,
    TransactionSystemException.class,
    // What Hibernate says where the connection broke inside of a transaction: it cannot roll back.
    JpaSystemException.class
  })
  ProblemDetail databaseDown(Exception e) {
    logger.warn("the database does not answer: " + e.getMessage());
    return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, DATABASE_DOWN);
  }

  @Override
  protected ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    String field = e instanceof MethodArgumentTypeMismatchException mismatch
        ? mismatch.getName()
        : Objects.toString(e.getPropertyName(), "value");
    return fault(field, e.getValue(), range(e.getRequiredType()), headers);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (e.getCause() instanceof MismatchedInputException mismatch) {
      return fault(field(mismatch), "of another type", range(mismatch.getTargetType()), headers);
    }
    if (e.getCause() instanceof InputCoercionException coercion) {
      boolean isInt = coercion.getTargetType() == int.class;
      long most = isInt ? Integer.MAX_VALUE : Long.MAX_VALUE;
      return fault(field(coercion), "out of range", "a whole number up to " + most, headers);
    }
    return fault("body", "not JSON", "a JSON object", headers);
  }

  private static String field(JacksonException fault) {
    String path = fault.getPath().stream()
        .map(JacksonException.Reference::getPropertyName)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("."));
    return path.isEmpty() ? "body" : path;
  }

  private ResponseEntity<Object> fault(
      String field, @Nullable Object seen, String range, HttpHeaders headers) {
    return new ResponseEntity<>(
        refused(Refused.invalid(field, seen, range)), headers, HttpStatus.BAD_REQUEST);
  }

  private static String range(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (Number.class.isAssignableFrom(type) || type == long.class || type == int.class) {
      return "a whole number";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    return type == String.class ? "a text" : "a JSON object or list";
  }
}
