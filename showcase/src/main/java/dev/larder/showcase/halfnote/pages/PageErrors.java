package dev.larder.showcase.halfnote.pages;

import dev.larder.showcase.halfnote.action.Refused;
import dev.larder.showcase.halfnote.catalogue.CatalogueUnavailableException;
import dev.larder.showcase.halfnote.web.Problems;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Shows what is refused as a page; who is not logged in is sent to do so. */
@ControllerAdvice(basePackageClasses = PageErrors.class)
final class PageErrors {
  @ExceptionHandler
  String refused(Refused refused, Model model, HttpServletResponse response) {
    if (refused.reason() == Refused.Reason.UNKNOWN_USER) {
      return "redirect:/halfnote/login";
    }
    model.addAttribute("faults", refused.faults());
    String message = refused.faults().isEmpty() ? refused.getMessage() : "Please correct this:";
    return page(Problems.status(refused.reason()), message, model, response);
  }

  @ExceptionHandler
  String mismatch(
      MethodArgumentTypeMismatchException e, Model model, HttpServletResponse response) {
    return page(HttpStatus.NOT_FOUND, "There is no such page.", model, response);
  }

  @ExceptionHandler
  String unavailable(CatalogueUnavailableException e, Model model, HttpServletResponse response) {
    return page(
        HttpStatus.BAD_GATEWAY,
        "The album catalogue does not answer. Try again in a moment.",
        model,
        response);
  }

  private static String page(
      HttpStatus status, @Nullable String message, Model model, HttpServletResponse response) {
    response.setStatus(status.value());
    model.addAttribute("title", status.getReasonPhrase());
    model.addAttribute("message", message);
    return "halfnote/error";
  }
}
