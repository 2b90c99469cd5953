package dev.larder.showcase.halfnote.web;

import dev.larder.showcase.halfnote.Mode;
import dev.larder.showcase.halfnote.source.Reads;
import dev.larder.showcase.web.Checks;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives handlers the {@link Reads} of the mode that the request chooses by header or parameter. */
final class ReadsOfRequest implements HandlerMethodArgumentResolver {
  private final Map<Mode, Reads> reads;
  private final Mode usual;

  ReadsOfRequest(Map<Mode, Reads> reads, Mode usual) {
    this.reads = Map.copyOf(reads);
    this.usual = usual;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Reads.class;
  }

  @Override
  public Reads resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest request,
      @Nullable WebDataBinderFactory binders) {
    String header = request.getHeader(Mode.HEADER);
    String word = header != null ? header : request.getParameter(Mode.PARAMETER);
    Optional<Mode> chosen = word == null ? Optional.of(usual) : Mode.of(word);
    if (chosen.isEmpty()) {
      Checks checks = new Checks();
      checks.fault(header != null ? Mode.HEADER : Mode.PARAMETER, word, Mode.WORDS);
      checks.done();
    }
    Mode mode = chosen.orElse(usual);
    HttpServletResponse response = request.getNativeResponse(HttpServletResponse.class);
    if (response != null) {
      response.setHeader(Mode.HEADER, mode.word());
    }
    return Objects.requireNonNull(reads.get(mode));
  }
}
