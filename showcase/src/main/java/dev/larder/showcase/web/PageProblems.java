package dev.larder.showcase.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.orm.jpa.JpaSystemException;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.ui.Model;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/**
 * Shows people what is refused as a page; who is not logged in is sent to do so. {@link Problems} is
 * asked first, and is for programs; a system may have an advice of its own before both.
 */
@ControllerAdvice(annotations = Controller.class)
@Order(Ordered.LOWEST_PRECEDENCE - 10)
final class PageProblems {
  private static final Logger logger = LoggerFactory.getLogger(PageProblems.class);

  @ExceptionHandler
  String refused(Refused refused, HttpServletResponse response, Model model) {
    if (refused.reason() == Refused.Reason.UNKNOWN_USER) {
      return "redirect:/login";
    }
    model.addAttribute("faults", refused.faults());
    String message = refused.faults().isEmpty()
        ? Objects.toString(refused.getMessage())
        : "Please correct this:";
    return page(Problems.status(refused.reason()), message, response, model);
  }

  @ExceptionHandler
  String mismatch(
      MethodArgumentTypeMismatchException e, HttpServletResponse response, Model model) {
    return refused(Refused.invalid(e.getName(), e.getValue(), "of another form"), response, model);
  }

  @ExceptionHandler
  String missing(
      MissingServletRequestParameterException e, HttpServletResponse response, Model model) {
    return refused(Refused.invalid(e.getParameterName(), null, "given"), response, model);
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    CannotCreateTransactionException.class,
    TransactionSystemException.class,
    // What Hibernate says where the connection broke inside of a transaction: it cannot roll back.
    JpaSystemException.class
  })
  String databaseDown(Exception e, HttpServletResponse response, Model model) {
    logger.warn("the database does not answer: {}", e.getMessage());
    return page(HttpStatus.SERVICE_UNAVAILABLE, Problems.DATABASE_DOWN, response, model);
  }

  private static String page(
      HttpStatus status, String message, HttpServletResponse response, Model model) {
    response.setStatus(status.value());
    model.addAttribute("title", status.getReasonPhrase());
    model.addAttribute("message", message);
    return "problem";
  }
}
