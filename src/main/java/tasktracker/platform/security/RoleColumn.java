package tasktracker.platform.security;

import jakarta.persistence.AttributeConverter;

/** Writes roles as the schema spells them. */
class RoleColumn implements AttributeConverter<Role, String> {

  @Override
  public String convertToDatabaseColumn(Role role) {
    return role.wire();
  }

  @Override
  public Role convertToEntityAttribute(String wire) {
    return Role.of(wire).orElseThrow(() -> new IllegalStateException("No role " + wire));
  }
}
