# Runs after each run of dpkg between the removal of dropin-@NAME@ and the installation of @NAME@, then never again. What @NAME@ has laid beside the
# operator's files is not needed: dpkg knows its sums by now. With the word "purge" it ends the waiting at once, as the scripts of dropin-@NAME@ want it.
[ "$1" = purge ] || [ "$(dpkg-query -W -f '${db:Status-Status}' @NAME@ 2>/dev/null)" = installed ] || exit 0
dpkg-divert --list '*' | sed -n 's/^diversion of \(.*\) to .* by dropin-@NAME@$/\1/p' | while read -r path; do
    dpkg-divert --quiet --package dropin-@NAME@ --no-rename --remove "$path"
done
rm -rf /var/lib/dropin-@NAME@/beside /var/lib/dropin-@NAME@/settle /etc/dpkg/dpkg.cfg.d/dropin-@NAME@
