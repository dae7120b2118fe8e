"""Every model has access rights, a company rule and an owner rule, or a reason."""

import ast
import re

from tests.support import rule_exemptions, source

WRITING = ("write", "create", "unlink")
PUBLIC_ROLES = ("base.group_portal", "base.group_public")


def access_names() -> set[str]:
    """Return the models that ir.model.access.csv names, as underscored names."""
    return {
        row["model_id:id"].rpartition(".")[2].removeprefix("model_")
        for row in source.access_rows()
    }


def rules_of(model: str) -> list[str]:
    """Return the domains of a model's record rules."""
    wanted = "model_" + model.replace(".", "_")
    return [
        source.value_of(record, "domain_force")
        for _path, record in source.records("ir.rule")
        if source.value_of(record, "model_id").rpartition(".")[2] == wanted
    ]


def lasting_models() -> list[str]:
    return sorted(
        name for name, one in source.new_models().items() if one.kind == "Model"
    )


def test_access_rights():
    """Every model, wizards included, has access rights."""
    named = access_names()
    models = source.new_models()
    missing = {name for name in models if name.replace(".", "_") not in named}
    source.check(sorted(missing))


def test_access_rights_name_a_group():
    """No right is given to everybody, and none of writing to portal or public."""
    found = []
    for row in source.access_rows():
        group = row["group_id:id"]
        writes = any(
            row[f"perm_{verb}"] == "1" for verb in ("write", "create", "unlink")
        )
        if not group or (group in PUBLIC_ROLES and writes):
            found.append(f"{source.relative(row['path'])}: {row['id']}")
    source.check(found)


def test_company_rules():
    """Every model has a rule that keeps companies apart, or a reason for none."""
    missing = {
        model
        for model in lasting_models()
        if model not in rule_exemptions.COMPANY
        and not any("company_ids" in domain for domain in rules_of(model))
    }
    source.check(sorted(missing))


def test_owner_rules():
    """Every model has a rule for a user's own records, or a reason for none."""
    missing = {
        model
        for model in lasting_models()
        if model not in rule_exemptions.OWNER
        and not any(re.search(r"\buser\.id\b|\buid\b", d) for d in rules_of(model))
    }
    source.check(sorted(missing))


def test_company_rules_are_global():
    """A company rule holds for everybody: it names no group."""
    found = [
        source.place(path, record)
        for path, record in source.records("ir.rule")
        if record.get("id").endswith("_rule_company")
        and source.value_of(record, "groups")
    ]
    source.check(found)


def test_exemptions_are_needed_and_explained():
    """An exemption names a model that is there, and says why."""
    models = set(lasting_models())
    for exemptions in (rule_exemptions.COMPANY, rule_exemptions.OWNER):
        assert set(exemptions) - models == set()
        assert all(len(reason) > 15 for reason in exemptions.values())


def test_sudo_has_a_reason():
    """A method that uses sudo() says in a comment why that is right."""
    found = []
    for path in source.python_files(source.MODULE):
        if source.TESTS in path.parents:
            continue
        lines = path.read_text().splitlines()
        for node in ast.walk(source.tree(path)):
            if isinstance(node, ast.FunctionDef):
                own = lines[node.lineno - 1 : node.end_lineno]
                uses = any(".sudo()" in line for line in own)
                if uses and not any("#" in line for line in own):
                    found.append(f"{source.place(path, node)}: {node.name}")
    source.check(found)
