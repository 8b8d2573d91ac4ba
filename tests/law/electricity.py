"""Water that is measured by its electricity: read, and turned into water by a valid coefficient."""

COUNTED = {"kwh_coefficient": 1.0, "electricity_readings": 1.0}
NO_COEFFICIENT = COUNTED | {"kwh_coefficient": 0.0}
NO_READING = COUNTED | {"electricity_readings": 0.0}
BY_ELECTRICITY = {"use": "irrigation", "meter_state": "indirect_kwh"} | COUNTED
