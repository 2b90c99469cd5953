package dev.larder.key;

/** Enum constants: {@code ~com.acme.Sort.NEWEST}. The class is part of it: constants of two enums may share a name. */
record EnumForm(String stem) implements PartForm {

  static PartForm of(Class<?> type) {
    // A constant with a body has a class of its own below the enum's.
    Class<?> declaring = type.isEnum() ? type : type.getSuperclass();
    StringBuilder stem = new StringBuilder("~");
    KeyText.escaped(stem, declaring.getName());
    return new EnumForm(stem.append('.').toString());
  }

  @Override
  public void write(StringBuilder out, Object part, int depth) {
    out.append(stem);
    KeyText.escaped(out, ((Enum<?>) part).name());
  }
}
