package dev.larder.showcase.halfnote.pages;

import dev.larder.showcase.halfnote.cache.CachedReads;
import dev.larder.showcase.halfnote.catalogue.CatalogueUnavailableException;
import dev.larder.showcase.web.LoginCookie;
import dev.larder.showcase.web.Problems;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.ui.Model;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Shows what is refused as a page; who is not logged in is sent to do so. */
@ControllerAdvice(basePackageClasses = PageErrors.class)
@Order(0)
final class PageErrors {
  private static final Logger logger = LoggerFactory.getLogger(PageErrors.class);

  private final Frame frame;
  private final LoginCookie cookie;
  private final CachedReads reads;

  PageErrors(Frame frame, LoginCookie cookie, CachedReads reads) {
    this.frame = frame;
    this.cookie = cookie;
    this.reads = reads;
  }

  @ExceptionHandler
  String refused(
      Refused refused, HttpServletRequest request, HttpServletResponse response, Model model) {
    if (refused.reason() == Refused.Reason.UNKNOWN_USER) {
      return "redirect:/login";
    }
    model.addAttribute("faults", refused.faults());
    String message = refused.faults().isEmpty() ? refused.getMessage() : "Please correct this:";
    return page(Problems.status(refused.reason()), message, request, response, model);
  }

  @ExceptionHandler
  String mismatch(
      MethodArgumentTypeMismatchException e,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    if (e.getParameter().hasParameterAnnotation(PathVariable.class)) {
      return page(HttpStatus.NOT_FOUND, "There is no such page.", request, response, model);
    }
    String range = e.getRequiredType() == boolean.class ? "true or false" : "a whole number";
    return refused(Refused.invalid(e.getName(), e.getValue(), range), request, response, model);
  }

  @ExceptionHandler
  String missing(
      MissingServletRequestParameterException e,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return refused(Refused.invalid(e.getParameterName(), null, "given"), request, response, model);
  }

  @ExceptionHandler
  String unavailable(
      CatalogueUnavailableException e,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return page(
        HttpStatus.BAD_GATEWAY,
        "The album catalogue does not answer. Try again in a moment.",
        request,
        response,
        model);
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    CannotCreateTransactionException.class,
    TransactionSystemException.class
  })
  String databaseDown(
      Exception e, HttpServletRequest request, HttpServletResponse response, Model model) {
    logger.warn("the database does not answer: {}", e.getMessage());
    // Who is logged in would have to be asked of it.
    return page(
        HttpStatus.SERVICE_UNAVAILABLE,
        Problems.DATABASE_DOWN,
        Viewer.NOBODY,
        request,
        response,
        model);
  }

  private String page(
      HttpStatus status,
      @Nullable String message,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return page(status, message, cookie.viewer(request), request, response, model);
  }

  private String page(
      HttpStatus status,
      @Nullable String message,
      Viewer viewer,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    response.setStatus(status.value());
    // The mode may be what is wrong: the head of this page is read in the usual one.
    frame.fill(model, status.getReasonPhrase(), viewer, reads, request);
    // The address may be one that takes forms alone, with nothing to read again.
    model.asMap().remove("modes");
    model.addAttribute("message", message);
    return "halfnote/error";
  }
}
