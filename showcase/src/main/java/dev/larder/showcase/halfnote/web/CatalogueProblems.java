package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.catalogue.CatalogueUnavailableException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Answers programs while the catalogue is down and no cache has the album. */
@RestControllerAdvice(basePackageClasses = CatalogueProblems.class)
final class CatalogueProblems {
  @ExceptionHandler
  ProblemDetail unavailable(CatalogueUnavailableException e) {
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.BAD_GATEWAY, "The album catalogue does not answer. Try again later.");
  }
}
