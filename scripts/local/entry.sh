# Sourced by the scripts beside this folder: find or install Python, then start
# the module named first with the remaining arguments.

fcrm_python() {
    local name
    for name in python3 python3.13 python3.12 python3.11 python3.10; do
        if command -v "$name" >/dev/null 2>&1 && "$name" - 2>/dev/null <<'PY'
import ensurepip, sys, venv
sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))
PY
        then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

fcrm_install_python() {
    local log="$1/.local/log/python-install.log" admin=()
    local words="apt-get install -y --no-install-recommends python3 python3-venv"
    [ "$(id -u)" = 0 ] || admin=(sudo -n)
    if ! command -v apt-get >/dev/null 2>&1 ||
        { [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; }; then
        echo "error: Python 3.10 to 3.13 with venv is needed: sudo $words" >&2
        return 1
    fi
    echo "Installing Python …"
    mkdir -p "${log%/*}"
    if ! { "${admin[@]}" apt-get update && "${admin[@]}" $words; } >"$log" 2>&1; then
        echo "error: installing Python failed (log: $log): sudo $words" >&2
        return 1
    fi
}

fcrm_start() {
    local scripts="$1" module="$2" python
    shift 2
    if ! python="$(fcrm_python)"; then
        fcrm_install_python "${scripts%/*}" || exit 1
        if ! python="$(fcrm_python)"; then
            echo "error: this machine's Python does not suit Odoo 19 (3.10 to 3.13)." >&2
            exit 1
        fi
    fi
    PYTHONPATH="$scripts" exec "$python" -m "local.$module" "$@"
}
