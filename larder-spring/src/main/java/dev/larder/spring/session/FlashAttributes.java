package dev.larder.spring.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.FlashMap;

/**
 * What Spring MVC keeps in the session from a redirect to the page it leads to. The values may be of any
 * declared type.
 */
final class FlashAttributes {

  private FlashAttributes() {}

  record FlashForm(
      Map<String, StoredAttribute> attributes,
      @Nullable String path,
      Map<String, List<String>> parameters,
      long expiresAt) {}

  static void declare(AttributeTypes.Builder types) {
    Supplier<AttributeTypes> all = types.whenBuilt();
    types.addListOf(
        "spring-mvc-flash",
        FlashMap.class,
        FlashForm.class,
        flash -> form(flash, all.get()),
        form -> flash(form, all.get()));
  }

  private static FlashForm form(FlashMap flash, AttributeTypes types) {
    Map<String, StoredAttribute> attributes = new LinkedHashMap<>();
    flash.forEach((name, value) -> {
      if (value != null) {
        attributes.put(name, types.encode(name, value));
      }
    });
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    flash
        .getTargetRequestParams()
        .forEach((name, values) -> parameters.put(name, new ArrayList<>(values)));
    return new FlashForm(
        attributes, flash.getTargetRequestPath(), parameters, flash.getExpirationTime());
  }

  private static FlashMap flash(FlashForm form, AttributeTypes types) {
    FlashMap flash = new FlashMap();
    form.attributes().forEach((name, value) -> flash.put(name, types.decode(value)));
    flash.setTargetRequestPath(form.path());
    form.parameters()
        .forEach(
            (name, values) -> values.forEach(value -> flash.addTargetRequestParam(name, value)));
    flash.setExpirationTime(form.expiresAt());
    return flash;
  }
}
