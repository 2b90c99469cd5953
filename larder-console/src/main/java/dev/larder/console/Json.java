package dev.larder.console;

import dev.larder.manage.ManagementException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON, and back. */
final class Json {

  /** Version of the shape of every answer. */
  static final int SCHEMA = 1;

  private static final int LONGEST_BODY = 256 * 1024;
  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .build();

  private Json() {}

  static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** An answer with one thing in it. */
  static Map<String, Object> answer(String name, @Nullable Object content) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("schema", SCHEMA);
    answer.put(name, content);
    return answer;
  }

  /**
   * Reads what was sent.
   *
   * @throws Problem 400 if it is not such a thing, 413 if it is too long
   */
  static <T> T read(HttpServletRequest request, Class<T> type) throws IOException {
    byte[] body;
    try (InputStream input = request.getInputStream()) {
      body = input.readNBytes(LONGEST_BODY + 1);
    }
    if (body.length > LONGEST_BODY) {
      throw new Problem(
          413,
          "Too long",
          ManagementException.Reason.WRONG_QUESTION,
          "The request is longer than " + LONGEST_BODY + " bytes");
    }
    try {
      @Nullable T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw Problem.wrong("The request is null, not an object");
      }
      return value;
    } catch (JacksonException wrong) {
      for (Throwable cause = wrong.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof ManagementException known) {
          throw Problem.of(known);
        }
      }
      throw Problem.wrong(
          "The request is not the JSON that this address takes: " + wrong.getOriginalMessage());
    }
  }
}
